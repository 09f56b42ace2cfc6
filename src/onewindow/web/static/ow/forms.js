/* 表单: focus on the errors, send once, fields that do not apply, and nothing typed is lost.

   form[data-guard="name"]   asks before leaving with unsaved words, and keeps them in this tab until they have
                             arrived: after an expired session or a failed page they can be put back.
   [data-keep=no]            inside it: words that are too private to be kept even in this tab.
   form[data-owner]          whose words they are; nobody else is offered them.
   form[data-download]       the answer is a file: the buttons come back at once.
   [data-show-if="key=value"] a field that applies only when another one says so; "key=one|other" for either.
   html[data-hold]           a page of sign-in or of a fault: what was sent may not have arrived. */

const AGAIN_AFTER = 20000;
const PREFIX = "ow-draft:";

/* focus on what is wrong */
document.querySelector("[data-focus]")?.focus();

/* send once */
function lock(form, pressed) {
  form.dataset.sent = "yes";
  const buttons = form.querySelectorAll("button:not([type=button]), input[type=submit]");
  setTimeout(() => buttons.forEach((button) => (button.disabled = true)));
  pressed?.setAttribute("aria-busy", "true");
  if (!form.hasAttribute("data-download")) setTimeout(() => unlock(form), AGAIN_AFTER);
  else setTimeout(() => unlock(form), 1500);
}

function unlock(form) {
  delete form.dataset.sent;
  form.querySelectorAll("button:not([type=button]), input[type=submit]").forEach((button) => {
    button.disabled = false;
    button.removeAttribute("aria-busy");
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.matches("[hx-post], [data-hx-post]")) return;
  if (form.dataset.sent) event.preventDefault();
  else lock(form, event.submitter);
});

window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(unlock);
});

/* fields that do not apply are neither shown nor sent */
function applies(field) {
  const form = field.closest("form");
  if (!form) return true;
  const values = new FormData(form);
  return field.dataset.showIf.split("&").every((one) => {
    const [name, wanted] = one.split("=");
    return wanted.split("|").some((word) => values.getAll(name).includes(word));
  });
}

function settle() {
  document.querySelectorAll("[data-show-if]").forEach((field) => {
    const shown = applies(field);
    field.hidden = !shown;
    field.querySelectorAll("input, select, textarea").forEach((input) => (input.disabled = !shown));
  });
}

if (document.querySelector("[data-show-if]")) {
  document.addEventListener("change", settle);
  settle();
}

/* what somebody writes himself does not come from a file any longer */
document.addEventListener("input", (event) => event.target.closest(".ow-field")?.querySelector(".ow-field__src")?.remove());

/* a file is chosen in our words, whatever language the browser speaks; the field itself lies over them */
function chosen(input, told) {
  const names = [...input.files].map((file) => file.name);
  told.textContent = names.length > 1 ? `${names.length} 个文件：${names.join("、")}` : names[0] || "还没有选";
}

document.querySelectorAll("input[type=file]").forEach((input) => {
  const line = document.createElement("span");
  const word = document.createElement("span");
  const told = document.createElement("span");
  line.className = "ow-fileline";
  word.className = "ow-btn ow-btn--sm";
  word.textContent = "选择文件";
  for (const one of [word, told]) one.setAttribute("aria-hidden", "true");
  input.before(line);
  line.append(word, told, input);
  input.addEventListener("change", () => chosen(input, told));
  chosen(input, told);
});

/* nothing typed is lost */
const KEPT = "input:not([type=password]):not([type=file]):not([type=hidden]), select, textarea";
const store = (() => {
  try {
    sessionStorage.getItem(PREFIX);
    return sessionStorage;
  } catch {
    return null;
  }
})();

function words(form) {
  return [...form.querySelectorAll(KEPT)]
    .filter((input) => input.name && !input.closest("[data-keep=no]"))
    .filter((input) => (/radio|checkbox/.test(input.type) ? input.checked : input.value))
    .map((input) => [input.name, input.value]);
}

function put(form, pairs) {
  for (const input of form.querySelectorAll(KEPT)) {
    const values = pairs.filter(([name]) => name === input.name).map(([, value]) => value);
    if (/radio|checkbox/.test(input.type)) input.checked = values.includes(input.value);
    else if (values.length) input.value = values[0];
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function keep(form, sent) {
  const draft = { owner: form.dataset.owner || "", words: words(form), sent };
  store?.setItem(PREFIX + form.dataset.guard, JSON.stringify(draft));
}

function guard(form) {
  const name = PREFIX + form.dataset.guard;
  const before = JSON.stringify(words(form));
  let dirty = false;
  let timer = 0;
  const draft = JSON.parse(store?.getItem(name) || "null");
  // The server has sent the form back with everything typed in it.
  const returned = form.querySelector("[aria-invalid=true], .ow-errors") || form.previousElementSibling?.matches(".ow-errors");
  // Or it says that what was sent has been done, and comes back to the same page.
  const done = draft?.sent && document.querySelector("main .ow-messages .ow-note--green");
  if (returned || done) store?.removeItem(name);
  else if (draft && draft.owner === (form.dataset.owner || "") && JSON.stringify(draft.words) !== before) offer(form, draft);
  form.addEventListener("input", () => {
    dirty = JSON.stringify(words(form)) !== before;
    clearTimeout(timer);
    timer = setTimeout(() => keep(form, false), 400);
  });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    clearTimeout(timer);
    keep(form, true);
    dirty = false;
  });
  window.addEventListener("beforeunload", (event) => {
    // No pop-ups in 长辈模式: what was typed is kept and offered again.
    if (dirty && document.documentElement.dataset.mode !== "elder") event.preventDefault();
  });
}

function offer(form, draft) {
  const box = document.createElement("div");
  box.className = "ow-note ow-note--amber ow-restore";
  box.setAttribute("role", "status");
  const text = document.createElement("p");
  text.textContent = "您上次填的内容还没有交上，要放回来吗？";
  const yes = button("放回来", () => {
    put(form, draft.words);
    box.remove();
  });
  const no = button("不要了", () => {
    store.removeItem(PREFIX + form.dataset.guard);
    box.remove();
  });
  box.append(text, yes, no);
  form.prepend(box);
}

function button(word, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "ow-btn ow-btn--sm";
  made.textContent = word;
  made.addEventListener("click", act);
  return made;
}

function forget(keepIt) {
  for (let n = (store?.length || 0) - 1; n >= 0; n -= 1) {
    const name = store.key(n);
    if (name.startsWith(PREFIX) && !keepIt(name, JSON.parse(store.getItem(name)))) store.removeItem(name);
  }
}

const guarded = [...document.querySelectorAll("form[data-guard]")];
guarded.forEach(guard);
const here = new Set(guarded.map((form) => PREFIX + form.dataset.guard));
if (!("hold" in document.documentElement.dataset)) forget((name, draft) => here.has(name) || !draft.sent);
// Somebody who signs out leaves nothing of his behind on this machine.
document.querySelectorAll("form[data-signs-out]").forEach((form) => form.addEventListener("submit", () => forget(() => false)));

/* 取号机: what was typed is forgotten when nobody touches the screen, keys are on the screen, and the page can be lowered.

   body[data-idle="seconds"][data-home="/…"]   back to the first page; a touch begins anew.
   [data-ends="seconds"]  the page ends in any case (the slip); [data-left] counts down.
   [data-low]             lowers what is to be touched; [data-large] enlarges; both until the first page is idle.
   [data-find="#list"]    what is found while he types; [data-scan] takes what a scanner types into another field.
   [data-print-slip], [data-print-letter="/…"] print.
   [data-keypad="#field"] buttons with data-press (a sign), "back" or "clear".
   [data-reader]          where a card reader types that works as a keyboard: it always has the focus.
   form[data-once]        is sent once; [data-help] calls the guide without leaving the page. [data-print-now] prints. */

const root = document.documentElement;
const body = document.body;
const home = body.dataset.home;
const reader = document.querySelector("[data-reader]");
let idle = 0;

function leave() {
  sessionStorage.clear();
  location.replace(home);
}

function touched() {
  clearTimeout(idle);
  if (body.dataset.idle) idle = setTimeout(leave, Number(body.dataset.idle) * 1000);
}

["pointerdown", "keydown", "input", "pageshow"].forEach((name) => window.addEventListener(name, touched));
touched();

// Coming back with the browser's own key shows nothing of whoever was here.
window.addEventListener("pageshow", (event) => event.persisted && leave());

const left = document.querySelector("[data-left]");
if (left) {
  let seconds = Number(body.dataset.ends);
  setInterval(() => {
    seconds -= 1;
    left.textContent = String(Math.max(0, seconds));
    if (seconds <= 0) leave();
  }, 1000);
}

function mode(name, on) {
  if (on) root.dataset[name] = name === "mode" ? "elder" : "";
  else delete root.dataset[name];
  document.querySelectorAll(`[data-switch="${name}"]`).forEach((one) => one.setAttribute("aria-pressed", String(on)));
  sessionStorage.setItem(name, on ? "1" : "");
}

document.querySelectorAll("[data-switch]").forEach((one) => {
  const name = one.dataset.switch;
  one.addEventListener("click", () => mode(name, !(name in root.dataset)));
  mode(name, sessionStorage.getItem(name) === "1");
});

document.querySelectorAll("[data-keypad]").forEach((pad) => {
  const fields = [...document.querySelectorAll(pad.dataset.keypad)];
  let field = fields.find((one) => !one.value) || fields[0];
  fields.forEach((one) => one.addEventListener("focus", () => (field = one)));
  if (fields.length > 1) field.focus();
  pad.addEventListener("click", (event) => {
    const key = event.target.closest("[data-press]")?.dataset.press;
    if (key === undefined) return;
    if (key === "back") field.value = field.value.slice(0, -1);
    else if (key === "clear") field.value = "";
    else if (field.value.length < field.maxLength) field.value += key;
    field.focus({ preventScroll: true });
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
});

// What is found while he types.
const find = document.querySelector("[data-find]");
if (find) {
  let due = 0;
  find.addEventListener("input", () => {
    clearTimeout(due);
    due = setTimeout(async () => {
      const words = find.value;
      const asked = `${find.form.action}?q=${encodeURIComponent(words)}`;
      try {
        const answer = await fetch(asked, { headers: { "X-Requested-With": "fetch" } });
        if (!answer.ok || words !== find.value) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        document.querySelector(find.dataset.find).replaceChildren(...page.body.children);
      } catch {
        /* the button searches too */
      }
    }, 250);
  });
}

// A scanner types the whole address at once, wherever the focus is, and ends with Enter.
const scan = document.querySelector("[data-scan]");
if (scan) {
  scan.form.addEventListener("submit", () => {
    const typed = [...scan.form.querySelectorAll("[data-typed]")].find((one) => one.value.includes("://"));
    if (typed) [scan.value, typed.value] = [typed.value, ""];
  });
  scan.form.querySelectorAll("[data-typed]").forEach((one) => {
    one.dataset.length = one.maxLength;
    one.addEventListener("keydown", (event) => {
      if (event.key.length === 1 && !event.ctrlKey) one.maxLength = 300;
    });
  });
}

document.querySelectorAll("[data-print-slip]").forEach((one) => one.addEventListener("click", () => window.print()));

// A letter goes to the printer from a frame that nobody sees.
document.querySelectorAll("[data-print-letter]").forEach((one) => {
  one.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.hidden = false;
    frame.className = "printing";
    frame.title = "打印";
    frame.addEventListener("load", () => frame.contentWindow.print());
    frame.src = one.dataset.printLetter;
    document.querySelectorAll("iframe.printing").forEach((old) => old.remove());
    document.body.append(frame);
  });
});

if (reader) {
  const hold = () => reader.focus({ preventScroll: true });
  hold();
  document.addEventListener("pointerup", () => setTimeout(hold));
}

document.querySelectorAll("form[data-once]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
});

document.querySelectorAll("form[data-help]").forEach((form) => {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const told = form.querySelector("[data-told]");
    const headers = { "X-Requested-With": "fetch" };
    try {
      const answer = await fetch(form.action, { method: "POST", headers, body: new FormData(form) });
      told.textContent = answer.ok ? "导办员马上来" : "请到导服台";
    } catch {
      told.textContent = "请到导服台";
    }
  });
});

if (document.querySelector("[data-print-now]")) window.print();

/* 一窗收件: keep the page while the clerk works, search items as he types, phrases, signatures.

   form[data-save="url"]      sent there a moment after each change; the answer is the preview.
   input[data-items="url"]    searches while one types.
   [data-letters]             the work of this tab is done: what was kept for it goes.
   button[data-phrase]        puts its sentence into the opinion.
   [data-pad="id"]            a pad for pen or mouse; the picture goes into the hidden field. */

// A fragment of a page of our own, without running anything in it.
function put(box, text) {
  box.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
}


const PAUSE = 900;

async function fetched(url, options) {
  const answer = await fetch(url, { credentials: "same-origin", ...options });
  if (answer.status === 422) throw new Error(await answer.text());
  if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

/* keep the page */
const sheet = document.querySelector("form[data-save]");
const side = document.getElementById("side");
let timer = 0;

function say(text) {
  let note = document.getElementById("unsaved");
  if (!note) {
    note = document.createElement("p");
    note.id = "unsaved";
    note.className = "ow-note ow-note--amber";
    note.setAttribute("role", "status");
    side.prepend(note);
  }
  note.textContent = text;
}

/* what could not be sent waits in this tab and is put back when the page is open again */
const LOCAL = "ow-sheet:";

function words() {
  return [...new FormData(sheet)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
}

function keepHere() {
  sessionStorage.setItem(LOCAL + sheet.dataset.save, JSON.stringify(words()));
}

function putBack() {
  const kept = sessionStorage.getItem(LOCAL + sheet.dataset.save);
  sessionStorage.removeItem(LOCAL + sheet.dataset.save);
  if (!kept || kept === JSON.stringify(words())) return;
  const pairs = JSON.parse(kept);
  for (const input of sheet.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    const values = pairs.filter(([name]) => name === input.name).map(([, value]) => value);
    if (/radio|checkbox/.test(input.type)) input.checked = values.includes(input.value);
    else if (values.length) input.value = values[0];
  }
  sheet.dispatchEvent(new Event("change", { bubbles: true }));
}

async function save() {
  try {
    const text = await fetched(sheet.dataset.save, { method: "POST", body: new FormData(sheet), headers: { "HX-Request": "true" } });
    if (text) put(side, text);
  } catch (error) {
    keepHere();
    if (error.message === "401") say("登录已到期：可以接着填，交的时候会请您重新登录，填好的内容不会丢失。");
    else say("刚才没有存上，网络恢复后会再存；填好的内容还在这一页上。");
  }
}

/* a picture is sent at once; the page comes back with it, at the same row */
async function upload(input) {
  clearTimeout(timer);
  const row = input.closest("[data-row]").dataset.row;
  try {
    await fetched(sheet.dataset.save, { method: "POST", body: new FormData(sheet), headers: { "HX-Request": "true" } });
    sessionStorage.setItem(`${LOCAL}row`, row);
    location.reload();
  } catch (error) {
    input.value = "";
    say(/^\d+$/.test(error.message) ? "图片没有传上，请再试一次。" : error.message);
  }
}

function firstPlace() {
  const row = sessionStorage.getItem(`${LOCAL}row`);
  sessionStorage.removeItem(`${LOCAL}row`);
  return sheet.querySelector("[aria-invalid=true]") || sheet.querySelector(row ? `[data-row="${row}"] input` : "[data-row] input");
}

if (sheet && side) {
  const later = (event) => {
    if (event.target.matches("[data-upload]")) return;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  };
  sheet.addEventListener("input", later);
  sheet.addEventListener("change", later);
  sheet.addEventListener("submit", () => {
    clearTimeout(timer);
    keepHere();
  });
  sheet.querySelectorAll("[data-upload]").forEach((input) => input.addEventListener("change", () => upload(input)));
  putBack();
  firstPlace()?.focus({ preventScroll: true });
}

/* search items as one types */
const search = document.querySelector("[data-items]");
if (search) {
  const list = document.getElementById("items");
  let asked = 0;
  let shown = search.value;
  const find = async () => {
    const [mine, words] = [++asked, search.value];
    try {
      const text = await fetched(`${search.dataset.items}?q=${encodeURIComponent(words)}`);
      if (mine !== asked) return;
      put(list, text);
      shown = words;
    } catch {
      /* the button below the finger still works */
    }
  };
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(find, 200);
  });
  // Whoever types fast and presses Enter gets the first of what he typed, not of what stood there before.
  search.closest("form").addEventListener("submit", async (event) => {
    if (!list.querySelector("button") && shown === search.value) return;
    event.preventDefault();
    clearTimeout(timer);
    if (shown !== search.value) await find();
    list.querySelector("button")?.focus();
  });
  list.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const all = [...list.querySelectorAll("button")];
    const next = all[all.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
    event.preventDefault();
    (next || search).focus();
  });
}

/* what was kept in this tab is done with when the letters are there */
if (document.querySelector("[data-letters]")) {
  Object.keys(sessionStorage).filter((key) => key.startsWith(LOCAL)).forEach((key) => sessionStorage.removeItem(key));
}

/* phrases */
document.querySelectorAll("[data-phrase]").forEach((button) => {
  const target = document.getElementById(button.parentElement.dataset.phrases);
  button.hidden = false;
  button.addEventListener("click", () => {
    target.value = target.value ? `${target.value}${button.dataset.phrase}` : button.dataset.phrase;
    target.dispatchEvent(new Event("input", { bubbles: true }));
    target.focus();
  });
});

/* a signature with pen or mouse */
function pad(box) {
  const canvas = box.querySelector("canvas");
  const field = document.getElementById(box.dataset.pad);
  const pen = canvas.getContext("2d");
  let drawing = false;
  const point = (event) => {
    const frame = canvas.getBoundingClientRect();
    return [((event.clientX - frame.left) * canvas.width) / frame.width, ((event.clientY - frame.top) * canvas.height) / frame.height];
  };
  pen.lineWidth = 3;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  pen.strokeStyle = "#1F2733";
  // A form that came back with a fault shows the signature that was given; it need not be given again.
  const given = field.value.split("data:image/png;base64,")[1];
  if (given) {
    const bytes = Uint8Array.from(atob(given), (one) => one.charCodeAt(0));
    createImageBitmap(new Blob([bytes], { type: "image/png" })).then((image) => pen.drawImage(image, 0, 0), () => (field.value = ""));
  }
  canvas.addEventListener("pointerdown", (event) => {
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...point(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    pen.lineTo(...point(event));
    pen.stroke();
  });
  canvas.addEventListener("pointerup", () => {
    drawing = false;
    field.value = canvas.toDataURL("image/png");
  });
  box.querySelector("[data-pad-clear]").addEventListener("click", () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    field.value = "";
  });
  box.hidden = false;
}
document.querySelectorAll("[data-pad]").forEach(pad);

/* 自助机上的网页: it ends by itself when nobody touches it, and has keys on the screen.

   body[data-machine="seconds"]  how long it waits; the last twenty are counted aloud on the page.
   [data-machine-leave]  the form that signs out and forgets; [data-machine-left] the countdown;
   [data-machine-keys]   the keys, shown while a field has the focus; [data-machine-print] prints the page. */

const form = document.querySelector("[data-machine-leave]");
const told = document.querySelector("[data-machine-left]");
const keys = document.querySelector("[data-machine-keys]");
const most = Number(document.body.dataset.machine) || 90;
const LAST = 20;
const ROWS = "1234567890qwertyuiopasdfghjkl-zxcvbnm.@_";
const TYPED = "input:not([type=checkbox], [type=radio], [type=file], [type=hidden], [type=date]), textarea";
const EACH = 60; // seconds: so often the server hears that somebody still touches the page
let left = most;
let heard = 0;
let moved = false;
let field = null;
let large = false;

function leave() {
  try {
    sessionStorage.clear();
    localStorage.clear();
  } catch {
    /* nothing was kept */
  }
  form.requestSubmit();
}

function touched() {
  left = most;
  moved = true;
  told.hidden = true;
}

["pointerdown", "keydown", "input"].forEach((name) => window.addEventListener(name, touched));
window.addEventListener("pageshow", (event) => event.persisted && leave());
setInterval(() => {
  left -= 1;
  told.hidden = left > LAST;
  told.textContent = `没有人操作，${Math.max(0, left)} 秒后退出`;
  if (left === 0) leave();
  heard += 1;
  if (moved && heard >= EACH) {
    heard = 0;
    moved = false;
    fetch("/hall/kiosk/stay/", { credentials: "same-origin" }).catch(() => {});
  }
}, 1000);
form.addEventListener("submit", () => {
  sessionStorage.clear();
  localStorage.clear();
});
document.querySelector("[data-machine-print]").addEventListener("click", () => window.print());

function put(sign) {
  if (!field) return;
  if (sign === "退格") field.value = field.value.slice(0, -1);
  else if (field.maxLength < 0 || field.value.length < field.maxLength) field.value += large ? sign.toUpperCase() : sign;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  touched();
}

function key(word, press) {
  const one = document.createElement("button");
  one.type = "button";
  one.textContent = word;
  one.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  one.addEventListener("click", press);
  keys.append(one);
  return one;
}

[...ROWS].forEach((sign) => key(sign, () => put(sign)));
key("大写", (event) => {
  large = !large;
  event.target.setAttribute("aria-pressed", String(large));
});
key("退格", () => put("退格"));
key("收起", () => (keys.hidden = true));
document.addEventListener("focusin", (event) => {
  const typed = event.target.matches?.(TYPED) && !event.target.readOnly;
  if (typed) field = event.target;
  keys.hidden = !typed && !keys.contains(event.target);
});

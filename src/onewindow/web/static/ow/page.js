/* 页面: read aloud, print, and say when the line is down.

   button[data-read="#main"]  hidden until this machine has a Chinese voice; a second press stops it.
   button[data-print]         hidden until a script can print.
   details[data-wide]         open on a wide screen, shut on a phone, where it would push the page's matter down.
   [data-offline]             shown while the line is down. */

const speech = window.speechSynthesis;
const readers = [...document.querySelectorAll("[data-read]")];

function voice() {
  return speech?.getVoices().find((one) => /^zh|^cmn/i.test(one.lang));
}

const SILENT = "script, style, svg, [role=img], .sr, button, input, select, textarea";
const BLOCK = "h1, h2, h3, h4, p, li, dt, dd, td, th, label, div, section";

function text(root) {
  const lines = new Map();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const around = walker.currentNode.parentElement;
    if (around.closest(SILENT) || !around.checkVisibility()) continue;
    const block = around.closest(BLOCK) || root;
    lines.set(block, (lines.get(block) || "") + walker.currentNode.data);
  }
  return [...lines.values()].map((line) => line.replace(/\s+/g, " ").trim()).filter(Boolean);
}

function read(button) {
  if (speech.speaking) {
    speech.cancel();
    button.setAttribute("aria-pressed", "false");
    return;
  }
  const root = document.querySelector(button.dataset.read) || document.body;
  const lines = text(root);
  button.setAttribute("aria-pressed", "true");
  lines.forEach((line, n) => {
    const said = new SpeechSynthesisUtterance(line);
    said.lang = "zh-CN";
    said.voice = voice();
    said.rate = 0.9;
    if (n === lines.length - 1) said.onend = () => button.setAttribute("aria-pressed", "false");
    speech.speak(said);
  });
}

function offerReading() {
  const can = Boolean(voice());
  readers.forEach((button) => (button.hidden = !can));
}

if (speech && readers.length) {
  offerReading();
  speech.addEventListener?.("voiceschanged", offerReading);
  readers.forEach((button) => button.addEventListener("click", () => read(button)));
  window.addEventListener("pagehide", () => speech.cancel());
}

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

if (window.matchMedia("(max-width:900px)").matches) {
  document.querySelectorAll("details[data-wide]").forEach((one) => (one.open = false));
}

document.querySelectorAll("nav>[aria-current]").forEach((one) => {
  const row = one.parentElement;
  row.scrollLeft += one.getBoundingClientRect().right - row.getBoundingClientRect().right + 24;
});

function line() {
  document.querySelectorAll("[data-offline]").forEach((one) => (one.hidden = navigator.onLine));
}
window.addEventListener("online", line);
window.addEventListener("offline", line);
line();

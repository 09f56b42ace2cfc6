/* 按键: the keys of the desks.

   data-key="F8" | "Ctrl K" | "?"   on a button, link, summary or input: the key presses it (or goes into it).
   data-row="2"                     a row of the list of materials: the digit 2 goes to it (0 is the tenth).
   data-row-key="空格" | "-" | "X"  a verdict inside a row: pressed while the focus is in the row; the focus goes on.
   data-keys-help                   the place where "?" shows all keys of this page.
   Keys of one character are left alone while somebody types. */

const NAMES = { " ": "空格", Enter: "Enter", Escape: "Esc" };
const TYPING = "input:not([type=radio]):not([type=checkbox]):not([type=button]), textarea, select, [contenteditable]";

function nameOf(event) {
  const key = NAMES[event.key] || (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  const held = [event.ctrlKey || event.metaKey ? "Ctrl" : "", event.altKey ? "Alt" : ""].filter(Boolean);
  return [...held, key].join(" ");
}

function press(target) {
  if (target.disabled || target.closest("[hidden]")) return;
  target.focus();
  if (target.matches("button, a, summary, input[type=radio], input[type=checkbox]")) target.click();
  else target.select?.();
  if (target.matches("summary")) target.parentElement.querySelector("input, textarea, select, button")?.focus();
}

const rows = () => [...document.querySelectorAll("[data-row]")];

function enter(row) {
  const input = row.querySelector("input:checked") || row.querySelector("input, button, a");
  input?.focus();
  row.scrollIntoView({ block: "nearest" });
}

function step(row, by) {
  const all = rows();
  const next = all[all.indexOf(row) + by];
  if (next) enter(next);
}

function onward(row) {
  const all = rows();
  const rest = [...all.slice(all.indexOf(row) + 1), ...all.slice(0, all.indexOf(row))];
  const open = rest.find((one) => one.querySelector("input[type=radio]") && !one.querySelector("input[type=radio]:checked"));
  if (open) enter(open);
}

function verdict(row, name) {
  const input = [...row.querySelectorAll("[data-row-key]")].find((one) => one.dataset.rowKey === name);
  if (!input || input.disabled) return false;
  input.checked = true;
  input.focus();
  input.dispatchEvent(new Event("change", { bubbles: true }));
  const why = row.querySelector(".ow-check__why input");
  if (why && why.offsetParent) why.focus();
  else onward(row);
  return true;
}

function inRow(row, name) {
  if (name === "ArrowDown" || name === "ArrowUp") {
    step(row, name === "ArrowDown" ? 1 : -1);
    return true;
  }
  return verdict(row, name);
}

function digit(name) {
  if (!/^\d$/.test(name)) return false;
  const row = document.querySelector(`[data-row="${name === "0" ? "10" : name}"]`);
  if (row) enter(row);
  return Boolean(row);
}

function help(open) {
  const pane = document.querySelector("[data-keys-help]");
  if (!pane) return false;
  pane.hidden = open === undefined ? !pane.hidden : !open;
  if (!pane.hidden) {
    fill(pane.querySelector("dl"));
    pane.focus();
  }
  return true;
}

function fill(list) {
  const entries = [...document.querySelectorAll("[data-key]")].filter((one) => !one.closest("[hidden]"));
  const pairs = entries.map((one) => [one.dataset.key, labelOf(one)]);
  if (rows().length) pairs.push(["1–9", "到第几份材料"], ["↑ ↓", "上一份、下一份材料"], ...verdictKeys());
  pairs.push(["?", "打开、收起这张表"]);
  list.replaceChildren(...pairs.flatMap(([key, word]) => [cell("dt", key, "ow-key"), cell("dd", word)]));
}

function verdictKeys() {
  const row = rows().find((one) => one.querySelector("[data-row-key]"));
  if (!row) return [];
  return [...row.querySelectorAll("[data-row-key]")].map((one) => [one.dataset.rowKey, one.closest("label").textContent.trim()]);
}

function labelOf(one) {
  if (one.ariaLabel) return one.ariaLabel;
  if (one.labels?.length) return one.labels[0].textContent.trim();
  const copy = one.cloneNode(true);
  copy.querySelectorAll(".ow-key, .sr").forEach((key) => key.remove());
  return copy.textContent.trim();
}

function cell(tag, text, inner) {
  const made = document.createElement(tag);
  if (!inner) made.textContent = text;
  else {
    const key = document.createElement("kbd");
    key.className = inner;
    key.textContent = text;
    made.append(key);
  }
  return made;
}

function act(event) {
  const name = nameOf(event);
  const free = !event.target.matches?.(TYPING);
  const row = event.target.closest?.("[data-row]");
  const plain = name.length === 1 || name === "空格" || name.startsWith("Arrow");
  if (plain && !free) return false;
  if (name === "空格" && event.target.matches?.("button, summary")) return false;
  if (row && inRow(row, name)) return true;
  if (digit(name)) return true;
  if (name === "?") return help();
  if (name === "Esc") return document.querySelector("[data-keys-help]:not([hidden])") ? help(false) : false;
  const target = document.querySelector(`[data-key="${CSS.escape(name)}"]`);
  if (target) press(target);
  return Boolean(target);
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.repeat || event.defaultPrevented) return;
  if (act(event)) event.preventDefault();
});
document.querySelectorAll("[data-keys-open]").forEach((one) => {
  one.hidden = false;
  one.addEventListener("click", () => help());
});

/* 叫号栏: it shows what happens in the hall without being asked again.

   [data-queue="url"]     read again when something was told;
   data-stream="url"      where it is told (Server-Sent Events), data-channel="name" by which word.
   data-again="ms"        when it is read again though nothing was told: closing time comes near.
   Left alone while a box of it is open or the clerk is in it. */

const first = document.querySelector("[data-queue]");
let due = 0;

function busy(bar) {
  return bar.contains(document.activeElement) || bar.querySelector("details[open], form[data-sent]");
}

async function look() {
  const bar = document.querySelector("[data-queue]");
  if (!bar) return;
  if (busy(bar)) {
    clearTimeout(due);
    due = setTimeout(look, 2000);
    return;
  }
  try {
    const answer = await fetch(bar.dataset.queue, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.body.querySelector("[data-queue]");
    if (fresh && !busy(bar)) bar.replaceWith(fresh);
    watch();
  } catch {
    /* told again when there is a connection */
  }
}

function soon() {
  clearTimeout(due);
  due = setTimeout(look, 120);
}

let clock = 0;

function watch() {
  const bar = document.querySelector("[data-queue]");
  const left = Number(bar?.dataset.again) - Date.now();
  clearTimeout(clock);
  if (left > 0 && left < 86400000) clock = setTimeout(look, left + 1000);
}

if (first) {
  watch();
  const stream = new EventSource(first.dataset.stream);
  stream.addEventListener("state", soon);
  stream.addEventListener(first.dataset.channel, soon);
}

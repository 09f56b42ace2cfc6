/* 随时更新: a screen of a hall shows what is so now, and comes back by itself after a loss of line or server.

   [data-live="url"]        read again whenever something was told, after every loss, and every so often;
   data-stream, data-channel  where it is told (Server-Sent Events), and by which word;
   data-every="seconds"     how often it is read without being told (20);
   data-ticket, data-line   of a telephone: what concerns others alone is read a little later;
   [data-lost]              the sign that is shown while there is no line.
   After each reading the document hears the event "live". */

const box = document.querySelector("[data-live]");
const lost = document.querySelectorAll("[data-lost]");
const FIRST = 500; // milliseconds before the first attempt after a loss; each further one waits twice as long
const LONGEST = 5000;
const PATIENCE = 10000; // for one answer
const LATER = 3000; // within which those whom it does not concern read
let stream = null;
let pause = FIRST;
let reading = false;
let again = false;
let retry = 0;
let later = 0;
let delay = FIRST;

function sign(gone) {
  lost.forEach((one) => (one.hidden = !gone));
  document.documentElement.toggleAttribute("data-gone", gone);
}

async function read() {
  if (reading) {
    again = true;
    return;
  }
  reading = true;
  try {
    const answer = await fetch(box.dataset.live, {
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    show(page.body);
    delay = FIRST;
    if (stream && stream.readyState === EventSource.OPEN) sign(false);
  } catch {
    sign(true);
    clearTimeout(later);
    later = setTimeout(read, delay);
    delay = Math.min(delay * 2, LONGEST);
  }
  reading = false;
  if (again) {
    again = false;
    read();
  }
}

// What somebody is about to press stays where it is.
function show(body) {
  const next = [...body.children];
  const same = next.length === box.children.length && next.every((one, n) => one.isEqualNode(box.children[n]));
  if (!same && !box.querySelector("[data-hold]:focus-within")) box.replaceChildren(...next);
  document.dispatchEvent(new CustomEvent("live"));
}

function heard(event) {
  let told = {};
  try {
    told = JSON.parse(event.data);
  } catch {
    /* read in any case */
  }
  const mine = box.dataset.ticket;
  const concerns = !mine || String(told.ticket) === mine || String(told.line) === box.dataset.line;
  if (concerns) read();
  else setTimeout(read, Math.random() * LATER);
}

function comeBack() {
  stream?.close();
  clearTimeout(retry);
  retry = setTimeout(listen, pause);
  pause = Math.min(pause * 2, LONGEST);
}

function listen() {
  stream?.close();
  stream = new EventSource(box.dataset.stream);
  stream.addEventListener("open", () => {
    pause = FIRST;
  });
  stream.addEventListener("state", read);
  stream.addEventListener(box.dataset.channel, heard);
  stream.addEventListener("error", () => {
    sign(true);
    comeBack();
  });
}

if (box) {
  listen();
  setInterval(read, Number(box.dataset.every || 20) * 1000);
  window.addEventListener("online", listen);
  window.addEventListener("offline", () => sign(true));
  document.addEventListener("visibilitychange", () => document.hidden || read());
}

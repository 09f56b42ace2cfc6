/* 等文书: a letter that is still being made appears when it is there, without asking again and again.

   [data-letters="url"]   read again when something was told, while [data-waiting] is inside;
   data-stream="url"      where it is told (Server-Sent Events), data-channel="name" by which word.

   The stream comes back by itself. Where there is none (a proxy in between, too many listeners), the page asks. */

const box = document.querySelector("[data-letters]");
const SLOW = 3000; // milliseconds between two questions without a stream
const MOST = 100;
const waiting = () => box.querySelector("[data-waiting]");
let stream = null;
let asking = false;
let again = false;
let left = MOST;

async function look() {
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  try {
    const answer = await fetch(box.dataset.letters, { credentials: "same-origin" });
    if (answer.ok && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (page.body.textContent.trim() !== box.textContent.trim()) box.replaceChildren(...page.body.childNodes);
    }
  } catch {
    /* told again, or asked again below */
  }
  asking = false;
  if (!waiting()) stream?.close();
  else if (again) {
    again = false;
    look();
  }
}

/* without a stream, and until there is one */
async function ask() {
  if (!waiting() || left-- === 0) return;
  await look();
  if (waiting() && stream.readyState === EventSource.CLOSED) setTimeout(listen, SLOW);
}

function listen() {
  stream = new EventSource(box.dataset.stream, { withCredentials: true });
  stream.addEventListener("state", look);
  stream.addEventListener(box.dataset.channel, look);
  stream.addEventListener("error", () => stream.readyState === EventSource.CLOSED && ask());
}

if (box && waiting()) listen();

/* 叫号: the calls that a display shows are said aloud, one after the other, each once.

   [data-call="key"]      one call of those that wait to be heard, the first one first; data-sound: its address.
   [data-sound-on]        the button shown where the browser says nothing before somebody has touched the screen.
   html[data-said]        how many were said (for whoever looks after the display). */

const KEPT = "ow-called";
const MOST_KEPT = 400;
const LONGEST = 20000; // milliseconds for one call; a player that says nothing does not stop the others
const button = document.querySelector("[data-sound-on]");
const quiet = "quiet" in document.body.dataset;
const known = new Set(JSON.parse(sessionStorage.getItem(KEPT) || "[]"));
const waiting = [];
let first = known.size === 0;
let speaking = false;
let said = 0;

function remember(key) {
  known.add(key);
  sessionStorage.setItem(KEPT, JSON.stringify([...known].slice(-MOST_KEPT)));
}

// What was called before this display was switched on is over.
function look() {
  document.querySelectorAll("[data-call]").forEach((one) => {
    const key = one.dataset.call;
    if (known.has(key)) return;
    remember(key);
    if (!first && !quiet) waiting.push({ key, sound: one.dataset.sound });
  });
  first = false;
  speak();
}

function play(sound) {
  return new Promise((over, refused) => {
    const player = new Audio(sound);
    const late = setTimeout(over, LONGEST);
    const end = () => {
      clearTimeout(late);
      over();
    };
    player.addEventListener("ended", end);
    player.addEventListener("error", end);
    player.play().catch((why) => {
      clearTimeout(late);
      if (why.name === "NotAllowedError") refused(why);
      else over();
    });
  });
}

async function speak() {
  if (speaking || !waiting.length) return;
  speaking = true;
  while (waiting.length) {
    try {
      await play(waiting[0].sound);
    } catch {
      if (button) button.hidden = false; // until somebody touches it
      break;
    }
    waiting.shift();
    said += 1;
    document.documentElement.dataset.said = String(said);
  }
  speaking = false;
}

button?.addEventListener("click", () => {
  button.hidden = true;
  waiting.splice(0, Math.max(0, waiting.length - 1)); // the latest one; the others were long ago
  speak();
});
document.addEventListener("live", look);
look();

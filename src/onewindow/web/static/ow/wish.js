/* 等号: a number was wished from a hall whose own machine gives the numbers; the page looks until there is an answer.

   [data-wish="url"]  read again every two seconds; when it leads to the page of a number, that page is opened. */

const place = document.querySelector("[data-wish]");
const EVERY = 2000; // milliseconds

async function look() {
  try {
    const answer = await fetch(place.dataset.wish, { credentials: "same-origin", cache: "no-store" });
    if (answer.redirected) {
      location.replace(answer.url);
      return;
    }
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      place.replaceChildren(...page.body.childNodes);
    }
  } catch {
    // no line: the next look is soon
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);

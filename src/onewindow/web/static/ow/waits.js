/* 首页的等候人数: put in when it is there, so that the page itself waits for nothing.

   [data-waits="url"]  hidden until the answer has come; where no hall gives numbers it stays so. */

const box = document.querySelector("[data-waits]");

async function ask() {
  try {
    const answer = await fetch(box.dataset.waits, { credentials: "same-origin" });
    if (answer.status !== 200) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    box.replaceChildren(...page.body.children);
    box.hidden = false;
  } catch {
    /* the page is whole without it */
  }
}

if (box) ask();

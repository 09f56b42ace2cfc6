/* 长辈模式: the switch in the head. The server draws data-mode from the cookie; here the page follows at once.
   Without this file the same button asks the server. */

const form = document.querySelector("[data-mode-switch]");

function remember(elder) {
  const year = elder ? 31536000 : 0;
  document.cookie = `ow_mode=elder; path=/; max-age=${year}; samesite=lax`;
}

function show(elder) {
  const root = document.documentElement;
  if (elder) root.dataset.mode = "elder";
  else delete root.dataset.mode;
  if (form) form.querySelector("[name=to]").value = elder ? "plain" : "elder";
}

// Pages that must stand without the server's help (a fault, no line) look at the cookie themselves.
if ("modeLate" in document.documentElement.dataset && /(^|; )ow_mode=elder/.test(document.cookie)) show(true);

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const elder = document.documentElement.dataset.mode !== "elder";
  remember(elder);
  show(elder);
});

/* 扫码查进度: the code that a letter's square carries behind the # is typed in and sent, and taken off the address. */

const form = document.querySelector("form[data-scanned]");
const code = location.hash.slice(1);

if (form && /^[0-9A-Za-z]{4,12}$/.test(code)) {
  history.replaceState(null, "", location.pathname + location.search);
  const number = form.elements.namedItem("number");
  const box = form.elements.namedItem("code");
  if (number.value && !box.value && !form.querySelector("[aria-invalid]")) {
    box.value = code;
    form.requestSubmit();
  }
}

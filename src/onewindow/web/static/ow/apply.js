/* 在线申请: say when a word could not be kept, and that a file is on its way. Without this file
   everything goes by its buttons. */

const saved = document.getElementById("saved");

function told(text, bad) {
  if (!saved) return;
  saved.textContent = text;
  saved.closest(".ow-apply__saved").classList.toggle("is-bad", bad);
}

document.body.addEventListener("htmx:beforeRequest", () => told("正在保存…", false));
document.body.addEventListener("htmx:afterOnLoad", (event) => {
  if (event.detail.xhr.status === 200) saved?.closest(".ow-apply__saved").classList.remove("is-bad");
});
document.body.addEventListener("htmx:responseError", (event) => {
  const words = event.detail.xhr.status < 500 ? event.detail.xhr.responseText.slice(0, 120) : "没有存上，请点“保存并继续”。";
  told(words.startsWith("<") ? "没有存上，请点“保存并继续”。" : words, true);
});
document.body.addEventListener("htmx:sendError", () => told("网络断了，填好的还在这一页上。", true));

// Somebody who typed before this file had arrived, and a page brought back with its words: kept as well.
const changed = (input) =>
  /radio|checkbox/.test(input.type) ? input.checked !== input.defaultChecked : input.value !== input.defaultValue;
document.querySelectorAll("[hx-post]").forEach((part) => {
  const inputs = [...part.querySelectorAll("input, textarea")];
  if (window.htmx && inputs.some(changed)) window.htmx.trigger(part, "change");
});

document.querySelectorAll("form[data-upload]").forEach((form) => {
  const input = form.querySelector("input[type=file]");
  const most = Number(form.dataset.upload) * 1048576;
  input.addEventListener("change", () => {
    const large = [...input.files].find((file) => file.size > most);
    input.setCustomValidity(large ? `“${large.name}”超过 ${form.dataset.upload} MB，请压缩或者分开上传。` : "");
    if (large) input.reportValidity();
  });
  form.addEventListener("submit", () => told("正在上传，请不要关闭这一页…", false));
});

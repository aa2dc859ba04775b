// When the server fails or cannot be reached, nothing is swapped in: say so, and leave what was typed.
const tell = () => {
  const place = document.getElementById("messages");
  const sentence = document.getElementById("unanswered");
  if (!place || !sentence) return;
  place.replaceChildren(sentence.content.cloneNode(true));
  place.firstElementChild.focus();
};

document.addEventListener("htmx:error", tell);
document.addEventListener("htmx:response:error", (event) => {
  if (event.detail.ctx.response.status >= 500) tell();
});

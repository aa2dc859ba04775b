// After a refused form, what is wrong comes first, also for those who cannot see it.
const first = () => document.querySelector("#errors, #messages [data-color='danger']");

first()?.focus();
document.addEventListener("htmx:after:swap", () => first()?.focus());

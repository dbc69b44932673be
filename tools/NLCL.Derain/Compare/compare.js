"use strict";
for (const view of document.querySelectorAll(".view")) {
  const range = view.querySelector("input");
  const show = () => view.style.setProperty("--at", range.value + "%");
  const follow = (event) => {
    const box = view.getBoundingClientRect();
    range.value = (100 * (event.clientX - box.left)) / box.width;
    show();
  };
  range.addEventListener("input", show);
  view.addEventListener("pointerdown", (event) => {
    view.setPointerCapture(event.pointerId);
    range.focus({ preventScroll: true, focusVisible: false });
    follow(event);
    event.preventDefault();
  });
  view.addEventListener("pointermove", (event) => {
    if (view.hasPointerCapture(event.pointerId)) follow(event);
  });
  for (const choice of view.parentElement.querySelectorAll("input[type=radio]")) {
    choice.addEventListener("change", () => {
      for (const picture of view.querySelectorAll(".under")) picture.hidden = picture.dataset.view !== choice.value;
    });
  }
  show();
}
const themes = ["system", "light", "dark"];
const button = document.getElementById("theme");
button.addEventListener("click", () => {
  const next = themes[(themes.indexOf(document.documentElement.dataset.theme ?? "system") + 1) % themes.length];
  if (next === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  button.textContent = "Theme: " + next;
});

// The seal on the wall follows the log; without this script the page is opened again by hand.
const wall = document.getElementById("wall");

const renew = async () => {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("wall");
    if (answer.ok && fresh && fresh.innerHTML !== wall.innerHTML) wall.innerHTML = fresh.innerHTML;
  } catch {
    // The log is out of reach for a moment; the wall goes on showing the last seal.
  }
};

setInterval(() => document.visibilityState === "visible" && renew(), Number(wall.dataset.wall));

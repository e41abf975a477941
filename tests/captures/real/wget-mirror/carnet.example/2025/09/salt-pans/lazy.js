// What many themes do: a picture is fetched when the reader comes near it.
document.addEventListener("DOMContentLoaded", function () {
  var seen = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (entry.isIntersecting) {
        entry.target.src = entry.target.dataset.src;
        seen.unobserve(entry.target);
      }
    });
  });
  document.querySelectorAll("img.lazy").forEach(function (image) { seen.observe(image); });
});

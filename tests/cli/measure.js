// Measures a report that stands in frames of several widths: what sticks out, and the worst contrast of its texts.
// It runs in the page around the report; the report itself has no script and forbids any.
'use strict';
const channel = (value) => {
  const part = value / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
};
const parse = (text) => {
  const parts = (text.match(/[\d.]+/g) || []).map(Number);
  return parts.length < 3 || parts[3] === 0 ? null : parts.slice(0, 3);
};
const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
// WCAG 2.2, 1.4.3.
const contrast = (one, two) => {
  const [dark, light] = [luminance(one), luminance(two)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};
const background = (view, element) => {
  for (let at = element; at; at = at.parentElement) {
    const colour = parse(view.getComputedStyle(at).backgroundColor);
    if (colour) return colour;
  }
  return [255, 255, 255];
};
// Signs in pictures stand on their circle, which comes before them.
const ground = (view, element) => {
  if (element.matches && element.matches('text.sign')) {
    return parse(view.getComputedStyle(element.previousElementSibling).fill);
  }
  return background(view, element);
};
const measured = (frame) => {
  const view = frame.contentWindow;
  const page = view.document;
  for (const details of page.querySelectorAll('details')) details.open = true;
  let worst = { ratio: 21, where: 'nothing' };
  let texts = 0;
  const walk = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || element.closest('title, desc, style')) continue;
    const style = view.getComputedStyle(element);
    const colour = parse(element.closest('svg') ? style.fill : style.color);
    if (!colour) continue;
    texts += 1;
    const ratio = contrast(colour, ground(view, element));
    if (ratio < worst.ratio) {
      worst = { ratio, where: element.tagName + '.' + (element.getAttribute('class') || '') };
    }
  }
  // What a scroll bar leaves.
  const width = page.documentElement.clientWidth;
  const sticking = [...page.body.querySelectorAll('*:not(svg *):not(.skip)')].filter(
    (element) => element.getBoundingClientRect().right > width + 1 || element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && view.getComputedStyle(element).display !== 'inline',
  );
  const pictures = [...page.querySelectorAll('svg text')].filter((text) => {
    const picture = text.ownerSVGElement.getBoundingClientRect();
    return text.getBoundingClientRect().right > picture.right + 1;
  });
  const dark = view.matchMedia('(prefers-color-scheme: dark)').matches;
  return [
    ['width', view.innerWidth],
    ['dark', dark],
    ['texts', texts],
    ['scroll', page.documentElement.scrollWidth - width],
    ['sticking', sticking.length],
    ['first', sticking.length ? sticking[0].tagName + '.' + (sticking[0].getAttribute('class') || '') : 'none'],
    ['pictures', pictures.length],
    ['contrast', worst.ratio.toFixed(2)],
    ['where', worst.where.replace(/\s+/g, '.')],
  ].map(([name, value]) => name + '=' + value).join(' ');
};
addEventListener('load', () => {
  const lines = [...document.querySelectorAll('iframe')].map(measured);
  document.getElementById('measured').textContent = '\n' + lines.map((line) => 'MEASURED ' + line).join('\n') + '\n';
});

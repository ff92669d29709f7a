// What the pages gain with JavaScript: files can be dropped, addresses copied. Without it everything works all the same.
'use strict';

for (const button of document.querySelectorAll('button[data-copy]')) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = label), 2000);
  });
}

for (const field of document.querySelectorAll('[data-drop]')) {
  const form = field.closest('form');
  const input = field.querySelector('input[type=file]');
  const over = (event) => {
    event.preventDefault();
    field.classList.add('drop-over');
  };
  form.addEventListener('dragover', over);
  form.addEventListener('dragleave', () => field.classList.remove('drop-over'));
  form.addEventListener('drop', (event) => {
    event.preventDefault();
    field.classList.remove('drop-over');
    const { files } = event.dataTransfer;
    if (files.length === 0) return;
    input.files = files;
    form.requestSubmit();
  });
}

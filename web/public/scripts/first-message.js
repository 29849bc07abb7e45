// M6: advice on a first message while one types, by the server's own measures; it says the same when the message comes too short.
(() => {
  for (const box of document.querySelectorAll('[data-first-message]')) {
    const field = box.querySelector('textarea');
    const advice = box.querySelector('[data-advice]');
    const { least, words, comfortable, short, thin, good } = box.dataset;
    const tell = () => {
      const text = field.value.trim();
      const different = new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).size;
      const missing = Math.max(0, least - text.length, Math.max(0, words - different) * 6);
      const said = text === '' ? '' : missing > 0 ? short.replace('#', missing) : text.length < comfortable ? thin : good;
      if (advice.textContent !== said) advice.textContent = said;
      advice.classList.toggle('lacking', text !== '' && missing > 0);
      advice.classList.toggle('enough', said === good);
    };
    field.addEventListener('input', tell);
    tell();
  }

  // M8: the sentence to paste goes to the clipboard.
  for (const button of navigator.clipboard ? document.querySelectorAll('[data-copy-sentence]') : []) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.closest('[data-paste]').querySelector('[data-sentence]').textContent);
      button.textContent = button.dataset.copied;
    });
  }
})();

import { cardOrigin, cardsHaveOrigin, frameAddress } from '../place.ts';

/** A frame, and the window in it, from which alone messages of its card are taken. */
export interface OpenedFrame {
  readonly frame: HTMLIFrameElement;
  readonly inside: Window;
  /** Makes the frame the card. */
  readonly become: (page: string) => void;
  readonly close: () => void;
}

/**
 * An empty frame that is ready to become a card: without the origin of this page, and without a way out. Where an origin is
 * set aside for cards it keeps that, which is not this page's either.
 */
export async function openFrame(place: HTMLElement, title: string): Promise<OpenedFrame> {
  const frame = document.createElement('iframe');
  frame.sandbox.add('allow-scripts', ...(cardsHaveOrigin ? ['allow-same-origin'] : []));
  frame.title = title;
  frame.src = frameAddress.href;
  // Before anybody else hears of a message: what is in the frame's window may have been replaced.
  const ofAnotherOrigin = (event: MessageEvent) => {
    if (event.source !== null && event.source === frame.contentWindow && event.origin !== cardOrigin) {
      event.stopImmediatePropagation();
    }
  };
  addEventListener('message', ofAnotherOrigin, true);
  const ready = new Promise<void>((resolve) => {
    addEventListener('message', function wait({ source, data }) {
      if (source !== null && source === frame.contentWindow && data?.frame === 'ready') {
        removeEventListener('message', wait);
        resolve();
      }
    });
  });
  place.replaceChildren(frame);
  await ready;
  const inside = frame.contentWindow;
  if (inside === null) {
    throw new Error('The frame is gone.');
  }
  return {
    frame,
    inside,
    // nobody's origin cannot be named
    become: (page) => inside.postMessage({ card: page }, cardsHaveOrigin ? cardOrigin : '*'),
    close: () => removeEventListener('message', ofAnotherOrigin, true),
  };
}

/**
 * The little of the DOM that the functions which run in the page use; the tools here are compiled without its types. Such a
 * function must stand for itself: nothing that it does not get as an argument goes with it into the page.
 */
export interface PageElement {
  readonly textContent: string | null;
  readonly className: string;
  readonly id: string;
  /** Of an input. */
  readonly value?: string;
  getAttribute(name: string): string | null;
  /** Whether it is shown: neither it nor what it stands in is `display: none`. */
  checkVisibility(): boolean;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): ArrayLike<PageElement>;
}

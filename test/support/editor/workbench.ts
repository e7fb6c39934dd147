/** An item of the status bar, in the order of the screen. Icons are named without `$()`. */
export interface StatusBarItem {
  readonly id: string;
  readonly text: string;
  readonly icons: readonly string[];
  /** What a screen reader says. */
  readonly label: string;
  readonly kind: 'error' | 'warning' | 'normal';
}

export interface QuickPickRow {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly icons: readonly string[];
  /** The heading at the right end of the first row of a group. */
  readonly separator: string;
  /** The names of the row's buttons. */
  readonly buttons: readonly string[];
}

/** The quick pick or input box that is open. */
export interface QuickInput {
  readonly title: string;
  readonly placeholder: string;
  readonly value: string;
  /** The prompt, or the validation message in its place. */
  readonly message: string;
  readonly buttons: readonly string[];
  readonly rows: readonly QuickPickRow[];
}

/** A toast. The workbench shows three at a time, and hides one without buttons after 10 seconds. */
export interface Notification {
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** The display name of the extension that shows it. */
  readonly source: string;
  readonly buttons: readonly string[];
}

export interface ModalDialog {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

/**
 * A hand on the workbench: what a person sees in the window, and does there with keyboard and mouse. Every method that does
 * something waits for its target and throws, saying what is there instead, when it has not come within 15 seconds; where a
 * method takes a text to find something by, it is any part of it, in the case given.
 */
export interface Workbench {
  /** Runs a command from the palette: the row whose label is exactly this text, such as `ClawQL: Disconnect`. */
  palette(label: string): Promise<void>;
  /** The quick pick or input box, or null when none is open. */
  quickInput(): Promise<QuickInput | null>;
  /** The rows of the open quick pick that are in view; none when none is open. */
  rows(): Promise<readonly QuickPickRow[]>;
  /** Waits for a row with this text and returns the rows in view. */
  waitForRow(text: string): Promise<readonly QuickPickRow[]>;
  /** Chooses the first row of the open quick pick with this text in its label, description or detail. */
  pick(text: string): Promise<void>;
  /** Presses the button of the row with this text. */
  pressRowButton(row: string, button: string): Promise<void>;
  /** Closes the open quick pick or input box, as Escape does, and waits until it is gone. */
  dismissQuickInput(): Promise<void>;
  /** Types text where the focus is. */
  type(text: string): Promise<void>;
  /** Presses a key or chord, by playwright's names: `Escape`, `Control+.`, `Enter`. */
  press(key: string): Promise<void>;
  statusBar(): Promise<readonly StatusBarItem[]>;
  /** Waits for a status bar item with this text in its text, label or id. */
  waitForStatusBar(text: string): Promise<StatusBarItem>;
  clickStatusBar(text: string): Promise<void>;
  /** Rests the mouse on the item and returns its tooltip's text. The tooltip stays, so that a link in it can be clicked. */
  hoverStatusBar(text: string): Promise<string>;
  notifications(): Promise<readonly Notification[]>;
  waitForNotification(text: string): Promise<Notification>;
  clickNotificationButton(text: string, button: string): Promise<void>;
  /** Clears all notifications, also those that are no longer shown, and waits until no toast is left. */
  dismissNotifications(): Promise<void>;
  /** The modal dialog, or null when none is open. */
  modalDialog(): Promise<ModalDialog | null>;
  waitForModalDialog(text: string): Promise<ModalDialog>;
  /** Presses a button of the modal dialog, by its exact text, and waits until the dialog is closed. */
  clickDialogButton(button: string): Promise<void>;
  /** The texts of all elements in view that match a CSS selector: for what has no method of its own. */
  texts(selector: string): Promise<readonly string[]>;
  /** Waits for an element in view with this text. */
  waitForText(selector: string, text: string): Promise<void>;
  /** Clicks the first element in view that matches and holds this text. */
  click(selector: string, text: string): Promise<void>;
  /** What the webview in view holds, as HTML; null where there is none, or it is still being loaded. */
  webviewHtml(): Promise<string | null>;
  /** Clicks the first element in the webview in view that matches and holds this text. */
  clickInWebview(selector: string, text: string): Promise<void>;
  /** Takes a picture of the window and returns the file: `out/screenshots/<version>/<name>.png`. */
  screenshot(name: string): Promise<string>;
}

/** The methods' names, for the channel between the page and the extension host. */
export const workbenchMethods = [
  'palette',
  'quickInput',
  'rows',
  'waitForRow',
  'pick',
  'pressRowButton',
  'dismissQuickInput',
  'type',
  'press',
  'statusBar',
  'waitForStatusBar',
  'clickStatusBar',
  'hoverStatusBar',
  'notifications',
  'waitForNotification',
  'clickNotificationButton',
  'dismissNotifications',
  'modalDialog',
  'waitForModalDialog',
  'clickDialogButton',
  'texts',
  'waitForText',
  'click',
  'webviewHtml',
  'clickInWebview',
  'screenshot',
] as const satisfies readonly (keyof Workbench)[];

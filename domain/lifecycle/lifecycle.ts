/**
 * A lifecycle as data: its states and, for each action, from where it may be taken, by whom, and where it leads.
 * Workflow validators, console buttons, pages and the diagrams of the documentation all read the same table.
 */
export type Actor = 'staff' | 'client' | 'member' | 'visitor' | 'clock';

export interface Transition<State extends string> {
  readonly from: readonly State[];
  /** Absent: the action leaves the state as it is. */
  readonly to?: State;
  readonly by: readonly Actor[];
}

export interface Lifecycle<State extends string, Action extends string> {
  readonly name: string;
  readonly initial: State;
  readonly states: readonly State[];
  /** States nothing leaves. */
  readonly ends: readonly State[];
  readonly actions: Readonly<Record<Action, Transition<State>>>;
}

export function defineLifecycle<const State extends string, const Action extends string>(
  lifecycle: Lifecycle<State, Action>,
): Lifecycle<State, Action> {
  return lifecycle;
}

/** May this action be taken from this state? */
export function allows<S extends string, A extends string>(lifecycle: Lifecycle<S, A>, state: string, action: A): boolean {
  return (lifecycle.actions[action].from as readonly string[]).includes(state);
}

/** The actions an actor may take from a state, in the order they are written. */
export function actionsFrom<S extends string, A extends string>(lifecycle: Lifecycle<S, A>, state: string, actor?: Actor): A[] {
  return (Object.keys(lifecycle.actions) as A[]).filter(
    (action) => allows(lifecycle, state, action) && (!actor || lifecycle.actions[action].by.includes(actor)),
  );
}

/** The state an action leads to. */
export function after<S extends string, A extends string>(lifecycle: Lifecycle<S, A>, state: S, action: A): S {
  return lifecycle.actions[action].to ?? state;
}

/** Is the state an end? */
export function isOver<S extends string, A extends string>(lifecycle: Lifecycle<S, A>, state: string): boolean {
  return (lifecycle.ends as readonly string[]).includes(state);
}

import { observe, unseen } from '#capabilities/checks/rules/index.ts';
import { fieldsOf, numberOf, textOf } from '../case.ts';
import type { Family } from '../case.ts';

/** The message is tried again until it is accepted, so an alert is known outside from the first attempt that was. */
export const checkAlertThresholds: Family = {
  family: 'check-alert-thresholds',
  answer({ given }) {
    const limits = { failures: numberOf(given['failure_threshold'], 1), successes: numberOf(given['success_threshold'], 1) };
    let state = unseen;
    let accepted = false;
    const afterEach = (given['results'] as readonly unknown[]).map((one) => {
      const result = fieldsOf(one);
      state = observe(state, result['ok'] === true ? 'passed' : 'failed', limits).state;
      if (state.state !== 'down') accepted = false;
      else if (result['ok'] === false && textOf(result['provider']) === 'ok') accepted = true;
      return { failures: state.failures, successes: state.successes, triggered: state.state === 'down' && accepted };
    });
    return { after_each: afterEach };
  },
};

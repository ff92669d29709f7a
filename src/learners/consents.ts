// What an earner allows. Everything absent is off, and each consent is dated so that it can be shown, and withdrawn.

export interface ConsentState {
  granted: boolean;
  at: string;
  /** Said by the earner in person: no platform's word changes it any more. */
  by?: 'earner';
}

export interface Consents {
  name?: ConsentState;
  listed?: ConsentState;
  evidence?: ConsentState;
}

/** The SECRET_KEY of every test process. */
export const testSecret = 'a secret that only tests use, 0123456789abcdef'

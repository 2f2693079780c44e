/** Starts the dashboard that all browser tests share. */
module.exports = () => {
  const started = require('./jest.dashboard.cjs')('start');
  if (started !== '') process.env.SOS_E2E_DASHBOARD = started;
};

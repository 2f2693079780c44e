/** Ends the dashboard of the browser tests. */
module.exports = () => {
  const started = process.env.SOS_E2E_DASHBOARD;
  if (started !== undefined) require('./jest.dashboard.cjs')('stop', started);
};

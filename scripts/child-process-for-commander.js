/** What commander takes of `node:child_process`, for the published command: loaded when it is used. */
export default {
  spawn: (...args) => process.getBuiltinModule('node:child_process').spawn(...args),
};

// Imported before each test. tap has Node read the source map of every module that a test loads: half a second of CPU a
// file, of three. Node strips types in place, so that a line is the line that was written without any.
process.setSourceMapsEnabled(false);

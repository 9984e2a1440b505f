mod exports;

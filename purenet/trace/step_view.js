function watchStep() {}

package dev.lion.strategy;

/** The built-in starts: always the same. */
enum StudentStarts implements StudentStart {
    PRESENT(Origin.PRESENT),
    BASE(Origin.BASE);

    private final Origin origin;

    StudentStarts(Origin origin) {
        this.origin = origin;
    }

    @Override
    public Origin origin(int iteration) {
        return origin;
    }

    @Override
    public boolean needsBase() {
        return this == BASE;
    }

    @Override
    public String description() {
        return this == BASE ? "base" : "present";
    }

    @Override
    public String toString() {
        return description();
    }
}

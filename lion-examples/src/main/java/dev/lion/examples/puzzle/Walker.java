package dev.lion.examples.puzzle;

/** Someone who walks on a grid, at first facing north. */
final class Walker {
    private static final int[] EAST = {0, 1, 0, -1};
    private static final int[] NORTH = {1, 0, -1, 0};

    private int east;
    private int north;
    private int heading;

    /** Walks without turning; the side is as the walker sees it. */
    void move(int steps, String side) {
        int direction = (heading + quarters(side)) % 4;
        east += steps * EAST[direction];
        north += steps * NORTH[direction];
    }

    /** Turns on the spot. */
    void turn(String side) {
        heading = (heading + quarters(side)) % 4;
    }

    /** Whether the walker stands where the walk began, whatever the heading. */
    boolean atStart() {
        return east == 0 && north == 0;
    }

    /** Quarter turns to the right. */
    private static int quarters(String side) {
        return switch (side) {
            case "right" -> 1;
            case "around", "backward", "backwards" -> 2;
            case "left" -> 3;
            default -> 0;
        };
    }
}

/**
 * An offline teacher: algorithmic puzzles in the text formats of BIG-Bench Hard, solved by rules, so that a whole run of the
 * loop needs neither a key nor a network.
 *
 * <p>Each {@link dev.lion.examples.puzzle.PuzzleFamily} solves and composes the texts of one task. {@link
 * dev.lion.examples.puzzle.Puzzles} hands out seeds and held-out items, {@link dev.lion.examples.puzzle.PuzzleTeacher},
 * {@link dev.lion.examples.puzzle.PuzzleReferee} and {@link dev.lion.examples.puzzle.PuzzleGenerator} play the roles. How
 * long and how hard the composed texts are is decided in one file, {@code Shapes}.
 */
@NullMarked
package dev.lion.examples.puzzle;

import org.jspecify.annotations.NullMarked;

/**
 * An application's own traffic as the beginning of a run: a listener on its chat model collects the instructions of its
 * users, with the answers that were paid for already, in a file that is both the run's seeds and a teacher's memory. {@link
 * dev.lion.teacher.harvest.InstructionHarvest} is the listener, {@link dev.lion.teacher.harvest.HarvestedTeacher} the memory.
 */
@NullMarked
package dev.lion.teacher.harvest;

import org.jspecify.annotations.NullMarked;

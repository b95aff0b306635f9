package dev.lion.teacher.harvest;

/**
 * What became of the replies that a harvest was shown, since it was opened.
 *
 * @param seen replies of the model
 * @param leftOut replies that the {@linkplain InstructionHarvest.Builder#share share} left out
 * @param dropped replies that came faster than they could be looked at
 * @param unsuited requests that are not one question of a user, such as later turns of a conversation
 * @param withheld instructions that the redaction withheld, or failed on
 * @param known instructions like one that was kept before
 * @param beyond instructions that came when the file was full, or could not be written
 * @param kept instructions that were written
 * @param answered how many of those with their answer
 */
public record HarvestCounts(
        long seen,
        long leftOut,
        long dropped,
        long unsuited,
        long withheld,
        long known,
        long beyond,
        long kept,
        long answered) {}

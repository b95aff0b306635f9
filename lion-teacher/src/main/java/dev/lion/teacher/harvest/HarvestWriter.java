package dev.lion.teacher.harvest;

import dev.lion.data.Instruction;
import dev.lion.data.JsonLinesWriter;
import dev.lion.data.Response;
import dev.lion.novelty.NoveltyIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what is new to the file of a harvest. For one thread, but for {@link #isFull} and {@link #counts}. */
final class HarvestWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HarvestWriter.class);

    private final JsonLinesWriter file;
    private final HarvestLimits limits;
    private final NoveltyIndex index;
    private final Function<String, Optional<String>> redaction;
    private final AtomicLong unsuited = new AtomicLong();
    private final AtomicLong withheld = new AtomicLong();
    private final AtomicLong known = new AtomicLong();
    private final AtomicLong beyond = new AtomicLong();
    private final AtomicLong kept = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private int instructions;
    private boolean told;
    private volatile boolean full;

    private HarvestWriter(
            JsonLinesWriter file,
            HarvestLimits limits,
            NoveltyIndex index,
            Function<String, Optional<String>> redaction) {
        this.file = file;
        this.limits = limits;
        this.index = index;
        this.redaction = redaction;
    }

    /** @throws HarvestException when the file cannot be written, or holds something else; it is not changed then */
    static HarvestWriter open(
            Path path, HarvestLimits limits, NoveltyIndex index, Function<String, Optional<String>> redaction) {
        AtomicLong before = new AtomicLong();
        if (Files.exists(path)) {
            HarvestFile.read(path, harvested -> {
                index.add(harvested.instruction());
                before.incrementAndGet();
            });
        }
        try {
            var writer = new HarvestWriter(JsonLinesWriter.open(path), limits, index, redaction);
            writer.instructions = Math.toIntExact(before.get());
            writer.full = writer.instructions >= limits.instructions() || writer.file.length() >= limits.bytes();
            return writer;
        } catch (IOException e) {
            throw new HarvestException("instructions cannot be harvested to " + path + ": " + e.getMessage(), e);
        }
    }

    Path path() {
        return file.path();
    }

    /** Whether nothing more is written. */
    boolean isFull() {
        return full;
    }

    /** Looks at one exchange; whatever goes wrong, the next one may be shown. */
    void take(Exchange exchange) {
        try {
            Optional<Harvested> harvested = exchange.harvested();
            if (harvested.isPresent()) {
                redacted(harvested.get()).ifPresentOrElse(this::keepIfNew, withheld::incrementAndGet);
            } else {
                unsuited.incrementAndGet();
            }
        } catch (RuntimeException e) {
            withheld.incrementAndGet();
            tell("an instruction cannot be looked at, and is left out", e);
        }
    }

    // an instruction whose answer is withheld is of use, the other way round it is not
    private Optional<Harvested> redacted(Harvested harvested) {
        Optional<Response> answer = harvested
                .answer()
                .flatMap(given -> redaction
                        .apply(given.text())
                        .filter(text -> !text.isBlank())
                        .map(text -> new Response(text, given.finishReason(), given.usage())));
        return redaction
                .apply(harvested.instruction().text())
                .filter(text -> !text.isBlank())
                .map(text -> new Harvested(Instruction.of(text), harvested.system(), answer, harvested.model()));
    }

    private void keepIfNew(Harvested harvested) {
        if (full) {
            beyond.incrementAndGet();
        } else if (index.accepts(harvested.instruction())) {
            keep(harvested);
        } else {
            known.incrementAndGet();
        }
    }

    private void keep(Harvested harvested) {
        String line = HarvestFile.line(harvested);
        if (file.length() + line.getBytes(StandardCharsets.UTF_8).length + 1 > limits.bytes()) {
            full = true;
            beyond.incrementAndGet();
            return;
        }
        try {
            file.append(line);
        } catch (IOException e) {
            full = true;
            beyond.incrementAndGet();
            tell("cannot be written, so the harvest ends", e);
            return;
        }
        index.add(harvested.instruction());
        kept.incrementAndGet();
        answered.addAndGet(harvested.answer().isPresent() ? 1 : 0);
        full = ++instructions >= limits.instructions();
    }

    private void tell(String what, Exception e) {
        if (!told) {
            told = true;
            LOG.warn("{}: {}: {}; this is said once", file.path(), what, e.toString());
        }
    }

    /** What became of what was taken; the rest is 0. */
    HarvestCounts counts() {
        return new HarvestCounts(
                0, 0, 0, unsuited.get(), withheld.get(), known.get(), beyond.get(), kept.get(), answered.get());
    }

    @Override
    public void close() {
        full = true;
        try {
            file.close();
        } catch (IOException e) {
            tell("cannot be closed", e);
        }
    }
}

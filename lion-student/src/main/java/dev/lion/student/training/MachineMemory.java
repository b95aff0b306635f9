package dev.lion.student.training;

import com.google.common.primitives.Longs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The memory that a process may take on Linux: what the machine has, and what the control groups that it is in leave it
 * (versions 1 and 2, those of containers included). Empty elsewhere, so that nothing is refused on a guess.
 */
public final class MachineMemory {
    private final Path proc;
    private final Path groups;

    /** Reads from other places, for a test. */
    MachineMemory(Path proc, Path groups) {
        this.proc = proc;
        this.groups = groups;
    }

    /** This machine. */
    public static MachineMemory here() {
        return new MachineMemory(Path.of("/proc"), Path.of("/sys/fs/cgroup"));
    }

    /** Bytes that this process might hold if it were alone; the same at any time. */
    OptionalLong total() {
        OptionalLong machine = ProcessMemory.field(proc.resolve("meminfo"), "MemTotal:");
        var limits = new ArrayList<Long>();
        machine.ifPresent(limits::add);
        groups().forEach(group -> group.limit().ifPresent(limits::add));
        return machine.isEmpty() ? machine : least(limits);
    }

    /** Bytes that this process can take beyond what it has: what is free or can be freed, swap not counted. */
    public OptionalLong available() {
        OptionalLong machine = ProcessMemory.field(proc.resolve("meminfo"), "MemAvailable:");
        if (machine.isEmpty()) {
            return OptionalLong.empty();
        }
        var free = new ArrayList<>(List.of(machine.getAsLong()));
        groups().forEach(group -> group.free().ifPresent(free::add));
        return least(free);
    }

    private static OptionalLong least(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).min();
    }

    /** The process's groups, each with those that it is in; a container sees its own as the root. */
    private List<Group> groups() {
        var found = new ArrayList<Group>();
        for (String line : lines(proc.resolve("self/cgroup"))) {
            String[] fields = line.split(":", 3);
            if (fields.length == 3 && fields[1].isEmpty()) {
                addAll(found, groups, fields[2], "memory.max", "memory.current", "");
            } else if (fields.length == 3 && List.of(fields[1].split(",")).contains("memory")) {
                Path memory = groups.resolve("memory");
                addAll(found, memory, fields[2], "memory.limit_in_bytes", "memory.usage_in_bytes", "total_");
            }
        }
        return found;
    }

    private static void addAll(List<Group> found, Path root, String path, String limit, String used, String prefix) {
        @Nullable Path group = root.resolve(path.substring(1)).normalize();
        while (group != null && group.startsWith(root)) {
            found.add(new Group(group, limit, used, prefix));
            group = group.getParent();
        }
    }

    /** A control group's directory, with the names that its version gives to the limit, the use, and the statistics. */
    private record Group(Path directory, String limitFile, String usedFile, String prefix) {
        /** What the system takes back when it is asked for memory. */
        private static final List<String> RECLAIMABLE = List.of("inactive_file", "active_file", "slab_reclaimable");

        OptionalLong limit() {
            return number(lines(directory.resolve(limitFile)));
        }

        OptionalLong free() {
            OptionalLong limit = limit();
            OptionalLong used = number(lines(directory.resolve(usedFile)));
            long cache = RECLAIMABLE.stream()
                    .map(field -> prefix + field + " ")
                    .flatMap(field -> lines(directory.resolve("memory.stat")).stream()
                            .filter(line -> line.startsWith(field))
                            .map(line -> line.substring(field.length())))
                    .mapToLong(Long::parseLong)
                    .sum();
            return limit.isEmpty() || used.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(limit.getAsLong() - Math.max(0, used.getAsLong() - cache));
        }

        /** Empty for "max", and for a number beyond a long, which limits nothing either. */
        private static OptionalLong number(List<String> lines) {
            @Nullable
            Long number = lines.isEmpty() ? null : Longs.tryParse(lines.get(0).strip());
            return number == null ? OptionalLong.empty() : OptionalLong.of(number);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}

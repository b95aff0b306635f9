package dev.lion.student.decoder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which parameters lie in one tensor of the script: queries, keys and values; gate and up. */
final class WeightGroups {
    private static final List<List<String>> TOGETHER =
            List.of(List.of("q_proj.", "k_proj.", "v_proj."), List.of("gate_proj.", "up_proj."));

    private WeightGroups() {}

    /** The first name with those that belong to it, in the order of their rows; some of a group may be missing. */
    static List<String> first(Set<String> names) {
        String name = names.iterator().next();
        for (List<String> group : TOGETHER) {
            for (String member : group) {
                if (name.contains(member)) {
                    return group.stream()
                            .map(part -> name.replace(member, part))
                            .filter(names::contains)
                            .toList();
                }
            }
        }
        return List.of(name);
    }

    /**
     * Where a parameter lies.
     *
     * @param tensor the tensor's index in the script's list
     * @param row its first row there
     * @param rows how many it has
     */
    record Place(int tensor, long row, long rows) {}

    /** Where the parameter of this name lies among others of these shapes. */
    static Place place(Map<String, List<Long>> shapes, String name) {
        var left = new LinkedHashMap<>(shapes);
        for (int tensor = 0; !left.isEmpty(); tensor++) {
            long row = 0;
            for (String member : first(left.keySet())) {
                long rows = left.getOrDefault(member, List.of(0L)).get(0);
                if (member.equals(name)) {
                    return new Place(tensor, row, rows);
                }
                row += rows;
                left.remove(member);
            }
        }
        throw new IllegalArgumentException("this decoder has no parameter " + name);
    }
}

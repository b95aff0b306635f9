package dev.lion.student.decoder;

import java.util.List;
import java.util.Set;

/** Which parameters lie in one tensor of the script: queries, keys and values; gate and up. */
final class WeightGroups {
    private static final List<List<String>> TOGETHER =
            List.of(List.of("q_proj.", "k_proj.", "v_proj."), List.of("gate_proj.", "up_proj."));

    private WeightGroups() {}

    /** The first name with those that belong to it. */
    static List<String> first(Set<String> names) {
        String name = names.iterator().next();
        for (List<String> group : TOGETHER) {
            if (name.contains(group.get(0))) {
                return group.stream()
                        .map(part -> name.replace(group.get(0), part))
                        .filter(names::contains)
                        .toList();
            }
        }
        return List.of(name);
    }
}

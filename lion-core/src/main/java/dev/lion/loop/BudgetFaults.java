package dev.lion.loop;

import dev.lion.cost.Budget;
import dev.lion.cost.Prices;
import dev.lion.data.Difficulty;
import dev.lion.data.Instruction;
import dev.lion.data.PaidRole;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.role.Comparison;
import dev.lion.role.GenerationRequest;
import dev.lion.role.Generator;
import dev.lion.role.Referee;
import dev.lion.role.Teacher;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What keeps a budget from being held, found before anything is paid for. */
final class BudgetFaults {
    private static final Instruction ANY = Instruction.of("any");

    private BudgetFaults() {}

    static List<String> of(
            Budget budget,
            Prices prices,
            Optional<Teacher> teacher,
            Optional<Referee> referee,
            Optional<Generator> generator) {
        List<String> faults = new ArrayList<>();
        if (budget.money().isPresent() && !prices.missing().isEmpty()) {
            faults.add("the budget limits money, but the price is not known of " + names(prices.missing())
                    + "; give it with prices(…), Price.FREE for one that costs nothing");
        }
        List<PaidRole> unlimited = unlimited(teacher, referee, generator);
        if (budget.needsBounds() && !unlimited.isEmpty()) {
            faults.add("the budget limits money or tokens, but " + names(unlimited)
                    + " may write without a limit (mostTokens is empty); give a limit on the output");
        }
        return faults;
    }

    private static List<PaidRole> unlimited(
            Optional<Teacher> teacher, Optional<Referee> referee, Optional<Generator> generator) {
        Response answer = Response.of("any");
        Map<PaidRole, Optional<TokenUsage>> most = new EnumMap<>(PaidRole.class);
        teacher.ifPresent(given -> most.put(PaidRole.TEACHER, given.mostTokens(ANY)));
        referee.ifPresent(given -> most.put(PaidRole.REFEREE, given.mostTokens(new Comparison(ANY, answer, answer))));
        generator.ifPresent(given ->
                most.put(PaidRole.GENERATOR, given.mostTokens(new GenerationRequest(ANY, Difficulty.HARD, 1, 0))));
        return most.keySet().stream()
                .filter(role -> most.getOrDefault(role, Optional.empty()).isEmpty())
                .toList();
    }

    private static String names(List<PaidRole> roles) {
        return roles.stream().map(role -> "the " + role).collect(Collectors.joining(" and "));
    }
}

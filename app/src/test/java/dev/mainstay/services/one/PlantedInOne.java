package dev.mainstay.services.one;

import dev.mainstay.services.two.PlantedInTwo;
import dev.mainstay.sql.PlantedInSql;

/// Breaks what [dev.mainstay.app.HouseRules] says of `services`.
public interface PlantedInOne {
  PlantedInTwo two(PlantedInSql sql);
}

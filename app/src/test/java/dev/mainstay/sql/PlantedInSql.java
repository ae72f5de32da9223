package dev.mainstay.sql;

import dev.mainstay.services.two.PlantedInTwo;

/// Breaks what [dev.mainstay.app.HouseRules] says of `sql`.
public interface PlantedInSql {
  PlantedInTwo two();
}

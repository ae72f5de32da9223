type Schemas = Omit<Database, "__InternalSupabase">

type Default = "DEFAULT"

type InSchema = { schema: keyof Schemas }

type Rows<Schema extends keyof Schemas> = Schemas[Schema]["Tables"] & Schemas[Schema]["Views"]

type Member<Whole, Name, Part extends string> = Name extends keyof Whole
  ? Whole[Name] extends { [P in Part]: infer Type }
    ? Type
    : never
  : never

/** A row of a table or view: `Tables<"name">`, or `Tables<{ schema: "other" }, "name">`. */
export type Tables<
  Name extends keyof Rows<Default> | InSchema,
  Of extends Name extends InSchema ? keyof Rows<Name["schema"]> : never = never,
> = Name extends InSchema
  ? Member<Rows<Name["schema"]>, Of, "Row">
  : Member<Rows<Default>, Name, "Row">

/** A new row of a table. */
export type TablesInsert<
  Name extends keyof Schemas[Default]["Tables"] | InSchema,
  Of extends Name extends InSchema ? keyof Schemas[Name["schema"]]["Tables"] : never = never,
> = Name extends InSchema
  ? Member<Schemas[Name["schema"]]["Tables"], Of, "Insert">
  : Member<Schemas[Default]["Tables"], Name, "Insert">

/** A change of rows of a table. */
export type TablesUpdate<
  Name extends keyof Schemas[Default]["Tables"] | InSchema,
  Of extends Name extends InSchema ? keyof Schemas[Name["schema"]]["Tables"] : never = never,
> = Name extends InSchema
  ? Member<Schemas[Name["schema"]]["Tables"], Of, "Update">
  : Member<Schemas[Default]["Tables"], Name, "Update">

/** One of an enum's labels. */
export type Enums<
  Name extends keyof Schemas[Default]["Enums"] | InSchema,
  Of extends Name extends InSchema ? keyof Schemas[Name["schema"]]["Enums"] : never = never,
> = Name extends InSchema
  ? Schemas[Name["schema"]]["Enums"][Of]
  : Name extends keyof Schemas[Default]["Enums"]
    ? Schemas[Default]["Enums"][Name]
    : never

/** A composite type. */
export type CompositeTypes<
  Name extends keyof Schemas[Default]["CompositeTypes"] | InSchema,
  Of extends Name extends InSchema
    ? keyof Schemas[Name["schema"]]["CompositeTypes"]
    : never = never,
> = Name extends InSchema
  ? Schemas[Name["schema"]]["CompositeTypes"][Of]
  : Name extends keyof Schemas[Default]["CompositeTypes"]
    ? Schemas[Default]["CompositeTypes"][Name]
    : never

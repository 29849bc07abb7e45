import { Resource as PrismaResource } from '@adminjs/prisma';
import { resourceNames, secretFieldsOf } from '../../domain/roles.ts';

/**
 * AdminJS's Prisma resource whose secret columns do not exist: never read out, whatever list, search or reference asks, never filtered or sorted by, never written.
 * A relation to what is no object of the console (a kept file) is left out too: AdminJS would look for it and fail.
 */
export class Resource extends PrismaResource {
  override prepareProperties() {
    const properties = super.prepareProperties();
    for (const name of secretFieldsOf(this.model.name)) delete properties[name];
    for (const [name, property] of Object.entries(properties)) {
      const target = (property as { reference(): string | null }).reference();
      if (target !== null && !resourceNames.includes(target)) delete properties[name];
    }
    return properties;
  }
}

import { config } from 'dotenv';

/**
 * Adds the variables of a .env file to this process's environment; what is set there already stays.
 * DOTENV_CONFIG_PATH names another file. No file is no error: everything has a default or is asked for by name.
 */
export function loadEnvironment(): void {
  config({ path: process.env['DOTENV_CONFIG_PATH'] ?? '.env', quiet: true });
}

import { render } from 'preact';
import { App } from './shell/app.tsx';
import './app.css';

render(<App />, document.body);
